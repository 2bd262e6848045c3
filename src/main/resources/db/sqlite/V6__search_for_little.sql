-- Every three characters that begin with two are found in order, so that words of one or two characters need not be looked
-- for everywhere. For that the texts are padded at the end, and so all of them are indexed once more.
insert into message_search (message_search) values ('delete-all');
update rooms set indexed = 0;
create virtual table message_parts using fts5vocab('message_search', 'instance');
