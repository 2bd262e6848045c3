-- What programs attach to a message: an object of JSON, or empty. It was written as IRC writes tags: name=value;name. No
-- stored text has chr(16) || '-', so that stands for a backslash while the escapes are replaced. Characters that no
-- database holds are stored as chr(16) and their number, for which JSON has its own form.
alter table messages rename column tags to attributes;
update messages set attributes = coalesce((
    select case when strpos(messages.attributes, chr(16)) > 0 then replace(object, '\u0010', '\u') else object end
    from (
        select json_object_agg(
            case name when 'draft/multiline-concat' then 'soft-breaks' else name end,
            replace(replace(replace(replace(replace(replace(replace(value, '\\', chr(16) || '-'),
                '\:', ';'), '\s', ' '), '\r', chr(13)), '\n', chr(10)), '\', ''), chr(16) || '-', '\')
            order by place)::text as object
        from (
            select
                place,
                split_part(tag, '=', 1) as name,
                substr(tag, strpos(tag || '=', '=') + 1) as value
            from unnest(string_to_array(messages.attributes, ';')) with ordinality as tags (tag, place)) as named
        where name <> '') as written), '')
where attributes <> '';
