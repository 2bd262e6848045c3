-- Something was erased, and what it leaves in the files of the store is not gone yet: another run of erase goes on.
alter table store add column erasing integer not null default 0;
