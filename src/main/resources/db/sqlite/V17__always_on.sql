-- Who is logged in is known by the account's name as registered.
create index accounts_by_name on accounts (name);

-- Whether its user stays in their rooms without a connection; null: the account has not chosen.
alter table accounts add column always_on integer;

-- Users who stay in their rooms without a connection, and across restarts.
create table always_on_users (
    account text not null primary key references accounts on delete cascade,
    nick text not null,
    nick_key text not null,
    username text not null,
    real_name text not null,
    away text not null,
    last_connected integer not null
) without rowid;

-- By name and not by reference: a room in which nothing was said has no row while the server is down.
create table always_on_rooms (
    account text not null references always_on_users on delete cascade,
    key text not null,
    name text not null,
    -- The marks of the member's ranks: some of @%+.
    ranks text not null,
    -- The seq of the last event that one of the user's connections was shown.
    seen integer not null,
    primary key (account, key)
) without rowid;
create index always_on_rooms_by_key on always_on_rooms (key);

-- What programs note about these users.
create table always_on_metadata (
    account text not null references always_on_users on delete cascade,
    key text not null,
    value text not null,
    primary key (account, key)
) without rowid;
