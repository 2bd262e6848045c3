-- What operators have done, and what they were refused.
create table audit_log (
    number bigint not null primary key,
    at bigint not null,
    who text not null,
    way text not null,
    power text not null,
    arguments text not null,
    why text not null,
    outcome text not null
);

-- Who may not come in.
create table server_bans (
    -- mask, account or network
    kind text not null,
    target text not null,
    reason text not null,
    -- the operator
    by_whom text not null,
    at bigint not null,
    -- 0: for ever
    until bigint not null,
    primary key (kind, target)
);

-- What operators have switched on; no row: nothing.
create table maintenance (
    id integer not null primary key check (id = 1),
    text text not null,
    by_whom text not null,
    at bigint not null
);
