-- What the names of accounts and of registered rooms look like, as shown and folded: where two names have one of these in
-- common, one can be mistaken for the other. Worked out by the server, by the rule of this version; anew for another one.
alter table store add column names text;
alter table accounts add column look text;
alter table accounts add column key_look text;
-- 1: the name is plain ASCII.
alter table accounts add column plain integer not null default 1;
create index account_looks on accounts (look);
create index account_key_looks on accounts (key_look);
create index accounts_not_plain on accounts (plain) where plain = 0;
alter table rooms add column look text;
alter table rooms add column key_look text;
alter table rooms add column plain integer not null default 1;
create index room_looks on rooms (look) where founder is not null;
create index room_key_looks on rooms (key_look) where founder is not null;
create index rooms_not_plain on rooms (plain) where founder is not null and plain = 0;
