-- Grows by one when a backup is restored, so that no message gets an id that somebody has seen before.
create table store (
    epoch bigint not null
);
insert into store values (0);

create table rooms (
    id bigint generated always as identity primary key,
    -- The folded name.
    key text not null unique,
    name text not null,
    -- Begins the ids of its messages; ten letters and digits.
    identity text not null unique,
    created bigint not null,
    -- Older messages have been deleted.
    first_kept bigint not null default 1,
    -- The account that a registered room belongs to, and since when.
    founder text,
    registered bigint
);

-- How registered rooms are set: flags, key, limit, lists of masks, and who is invited.
create table room_modes (
    room bigint not null references rooms on delete cascade,
    mode text not null,
    place integer not null,
    value text not null,
    set_by text not null,
    set_at bigint not null,
    primary key (room, mode, place)
);

-- Who takes part in which conversation.
create table conversations (
    identity text not null,
    room bigint not null references rooms on delete cascade,
    primary key (identity, room)
);

-- The primary key keeps a second writer out. Times are milliseconds since 1970.
create table messages (
    room bigint not null,
    seq bigint not null,
    epoch bigint not null,
    at bigint not null,
    -- 0 message, 1 action, 2 notice, 3 signal, 4 topic, 5 redaction
    kind smallint not null,
    -- 0 all, 1 voiced, 2 half operators, 3 operators
    audience smallint not null,
    nick text not null,
    nick_key text not null,
    username text not null,
    host text not null,
    real_name text not null,
    account text not null,
    away text not null,
    bot smallint not null,
    client_id text not null,
    tags text not null,
    text text not null,
    -- Of a redaction: the id and the seq of what was taken back.
    target text not null,
    target_seq bigint not null,
    primary key (room, seq)
);

create index topics on messages (room, seq) where kind = 4;
