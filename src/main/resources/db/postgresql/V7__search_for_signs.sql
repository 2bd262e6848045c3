-- Words of one and two signs, as Chinese has most of them, are too short for messages_text: they are found by which signs
-- stand in a message. Letters of scripts with small alphabets are left out, for they stand in nearly every one.
create index messages_signs on messages
    using gin (string_to_array(regexp_replace(text, '[\u0001-\u2e7f]+', '', 'g'), null))
    where kind < 3 and audience = 0 and text ~ '[^\u0001-\u2e7f]';
