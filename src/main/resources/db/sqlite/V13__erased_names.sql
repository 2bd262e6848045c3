-- Names of accounts that were erased lately, each as a keyed hash: who runs erase again is told so, and who mistypes is told that.
create table erased_names (
    hash text not null primary key,
    at integer not null
) without rowid;
