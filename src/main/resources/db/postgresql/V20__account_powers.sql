-- The number of the account's last token: none is given again, or a device would be taken for another one.
alter table accounts add column last_token integer not null default 0;
update accounts set last_token = coalesce((select max(number) from login_tokens where account = accounts.key), 0);

-- Who has suspended the account, why, since when and until when; null: nobody has, or until it is lifted.
alter table accounts add column suspended_by text;
alter table accounts add column suspended_why text;
alter table accounts add column suspended_at bigint;
alter table accounts add column suspended_until bigint;

-- Names that accounts had until they were renamed: nobody else may have one before its time is over.
create table former_names (
    key text not null primary key,
    account text not null references accounts on delete cascade,
    until bigint not null
);
create index former_names_by_account on former_names (account);
