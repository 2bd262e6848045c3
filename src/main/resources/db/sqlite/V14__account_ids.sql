-- Identifies the user and never changes. Accounts from before get a random one; no generated id has a z.
alter table accounts add column id text not null default '';
update accounts set id = 'uz' || lower(hex(randomblob(8)));
create unique index account_ids on accounts (id);
