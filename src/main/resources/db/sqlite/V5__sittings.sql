-- For whom it was said: 0 everybody who comes into the room; else those who were in it then, while nobody could come in
-- uninvited.
alter table messages add column sitting integer not null default 0;

-- Of a registered room: its only one. 0: those who are in it are known to the server that they are connected to.
alter table rooms add column sitting integer not null default 0;
