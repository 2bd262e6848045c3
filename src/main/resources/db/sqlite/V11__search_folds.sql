-- Texts are indexed as names are folded, so that STRASSE finds straße: all of them once more.
insert into message_search (message_search) values ('delete-all');
update rooms set indexed = 0;
