-- Grows by one when a backup is restored, so that no message gets an id that somebody has seen before.
create table store (
    epoch integer not null
);
insert into store values (0);

create table rooms (
    id integer primary key,
    -- The folded name.
    key text not null unique,
    name text not null,
    -- Begins the ids of its messages; ten letters and digits.
    identity text not null unique,
    created integer not null,
    -- Older messages have been deleted.
    first_kept integer not null default 1,
    -- The account that a registered room belongs to, and since when.
    founder text,
    registered integer
);

-- How registered rooms are set: flags, key, limit, lists of masks, and who is invited.
create table room_modes (
    room integer not null references rooms on delete cascade,
    mode text not null,
    place integer not null,
    value text not null,
    set_by text not null,
    set_at integer not null,
    primary key (room, mode, place)
) without rowid;

-- Who takes part in which conversation.
create table conversations (
    identity text not null,
    room integer not null references rooms on delete cascade,
    primary key (identity, room)
) without rowid;

-- The primary key keeps a second writer out. Times are milliseconds since 1970.
create table messages (
    room integer not null,
    seq integer not null,
    epoch integer not null,
    at integer not null,
    -- 0 message, 1 action, 2 notice, 3 signal, 4 topic, 5 redaction
    kind integer not null,
    -- 0 all, 1 voiced, 2 half operators, 3 operators
    audience integer not null,
    nick text not null,
    nick_key text not null,
    username text not null,
    host text not null,
    real_name text not null,
    account text not null,
    away text not null,
    bot integer not null,
    client_id text not null,
    tags text not null,
    text text not null,
    -- Of a redaction: the id and the seq of what was taken back.
    target text not null,
    target_seq integer not null,
    primary key (room, seq)
) without rowid;

create index topics on messages (room, seq) where kind = 4;
