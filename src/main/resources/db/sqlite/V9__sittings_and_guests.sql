-- By which connection it was said: the next guest of a name is somebody else.
alter table messages add column connection text not null default '';

-- Of a registered room: what has no higher seq was said before those who registered it were there.
alter table rooms add column past integer not null default 0;

create index rooms_by_founder on rooms (founder) where founder is not null;
