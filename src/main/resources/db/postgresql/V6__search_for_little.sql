-- Only SQLite needs more for it: here short words are looked for in each room.
select 1;
