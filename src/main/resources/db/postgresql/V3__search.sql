-- What SQLite needs a table of its own for is an index here, by three letters at a time. Where the extension may not be
-- had, search works without it, and slower.
do $$
begin
    if not exists (select from pg_extension where extname = 'pg_trgm') then
        create extension pg_trgm;
    end if;
    create index messages_text on messages using gin (text gin_trgm_ops) where kind < 3 and audience = 0;
exception
    when others then
        raise notice 'search has no index: %', sqlerrm;
end
$$;
