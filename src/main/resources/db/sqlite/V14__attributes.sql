-- What programs attach to a message: an object of JSON, or empty. It was written as IRC writes tags: name=value;name. No
-- stored text has char(16) || '-', so that stands for a backslash while the escapes are replaced. Characters that no
-- database holds are stored as char(16) and their number, for which JSON has its own form.
alter table messages rename column tags to attributes;
update messages set attributes = (
    select case
        when object = '{}' then ''
        when instr(messages.attributes, char(16)) > 0 then replace(object, '\u0010', '\u')
        else object
    end
    from (
        select json_group_object(
            case name when 'draft/multiline-concat' then 'soft-breaks' else name end,
            replace(replace(replace(replace(replace(replace(replace(value, '\\', char(16) || '-'),
                '\:', ';'), '\s', ' '), '\r', char(13)), '\n', char(10)), '\', ''), char(16) || '-', '\')
            order by place) as object
        from (
            select
                key as place,
                substr(atom, 1, instr(atom || '=', '=') - 1) as name,
                substr(atom, instr(atom || '=', '=') + 1) as value
            from json_each('[' || replace(json_quote(messages.attributes), ';', '","') || ']'))
        where name <> ''))
where attributes <> '';
