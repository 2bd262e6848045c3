-- By which devices stay logged in. Only a hash of a token's secret is stored.
create table login_tokens (
    id text not null primary key,
    account text not null references accounts on delete cascade,
    -- Tells it from the account's other tokens.
    number integer not null,
    hash text not null,
    label text not null,
    created bigint not null,
    used bigint not null,
    unique (account, number)
);
create index login_tokens_by_use on login_tokens (used);
