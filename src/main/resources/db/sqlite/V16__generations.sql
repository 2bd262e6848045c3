-- How often the room was opened. Only the room that opened it last may write; others are fenced.
alter table rooms add column generation integer not null default 0;
