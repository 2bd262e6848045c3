-- Only PostgreSQL needs something for it: here they are found by V6.
select 1;
