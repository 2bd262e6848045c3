-- What programs note about registered rooms.
create table room_metadata (
    room integer not null references rooms on delete cascade,
    key text not null,
    value text not null,
    primary key (room, key)
) without rowid;
