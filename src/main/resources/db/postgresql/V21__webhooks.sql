-- How far each outgoing webhook has come in each of its rooms. Messages are read from the log of the room, from there on.
create table hook_positions (
    hook text not null,
    room text not null,
    seq bigint not null,
    -- The id of the event with that seq; '' if unknown.
    event text not null,
    -- Of the last row of hook_events that was delivered or dropped.
    number bigint not null,
    primary key (hook, room)
);

-- Events that are in no log, such as joins, until they are delivered.
create table hook_events (
    hook text not null,
    room text not null,
    number bigint not null,
    -- It follows the event of the log with that seq.
    seq bigint not null,
    id text not null,
    body text not null,
    primary key (hook, room, number)
);
