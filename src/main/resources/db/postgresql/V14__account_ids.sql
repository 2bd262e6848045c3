-- Identifies the user and never changes. Accounts from before get a random one; no generated id has a z.
alter table accounts add column id text not null default '';
update accounts set id = 'uz' || substr(md5(random()::text || random()::text || clock_timestamp()::text), 1, 16);
create unique index account_ids on accounts (id);
alter table accounts alter column id drop default;
