-- Texts are compared as names are folded, so that STRASSE finds straße. Without UTF-8 there is nothing to be unified.
do $$
declare
    unified text := case when getdatabaseencoding() = 'UTF8' then 'normalize(said, nfkc)' else 'said' end;
begin
    execute format(
        'create function folded(said text) returns text language sql immutable parallel safe as %L',
        format('select replace(replace(replace(lower(%s), %L, %L), %L, %L), %L, %L)',
            unified, 'ß', 'ss', 'ς', 'σ', 'և', 'եւ'));
end
$$;
drop index if exists messages_text;
do $$
begin
    execute format('create index messages_text on messages using gin (folded(text) %I.gin_trgm_ops)'
        ' where kind < 3 and audience = 0',
        (select nspname from pg_extension join pg_namespace on pg_namespace.oid = extnamespace where extname = 'pg_trgm'));
exception
    when others then
        raise notice 'search has no index: %', sqlerrm;
end
$$;
drop index messages_signs;
create index messages_signs on messages
    using gin (string_to_array(regexp_replace(folded(text), '[\u0001-\u2e7f]+', '', 'g'), null))
    where kind < 3 and audience = 0 and folded(text) ~ '[^\u0001-\u2e7f]';
