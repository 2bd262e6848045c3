-- From which networks somebody has logged in: keyed hashes, the latest first, separated by spaces.
alter table accounts add column networks text not null default '';
-- Until when a code stands in for the password, whose credentials are those of the code then; null: none does.
alter table accounts add column reset_until integer;
-- Whether somebody has logged in with the code.
alter table accounts add column reset_used integer not null default 0;
