-- By the folded name.
create table accounts (
    key text not null primary key,
    name text not null,
    registered bigint not null,
    email text not null,
    -- One line, as the package account writes it.
    credentials text not null
);

-- How far somebody has read.
create table read_markers (
    account text not null,
    target text not null,
    at bigint not null,
    primary key (account, target)
);

-- Something that nobody outside can guess, in hexadecimal digits.
alter table store add column secret text;
