-- While what an account has said is being moved to its new name: its name of before, as messages have it, and until when that stays reserved.
alter table former_names add column name text;
alter table former_names add column reserved integer;
