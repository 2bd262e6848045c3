-- What people said to all, by three characters at a time: which are in it, not where. The row of a message is
-- room * 2^40 + seq.
create virtual table message_search using fts5(
    text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram'
);

-- Up to this seq, the messages of the room are in message_search.
alter table rooms add column indexed integer not null default 0;

-- Whatever deletes a message or empties it, it is not found any more.
create trigger deleted_from_search after delete on messages begin
    delete from message_search where rowid = (old.room << 40) | old.seq;
end;
create trigger emptied_from_search after update of text on messages begin
    delete from message_search where rowid = (old.room << 40) | old.seq;
end;
