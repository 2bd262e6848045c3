-- A mode has the name of what it refuses: queries among programs, which IRC calls CTCP.
update room_modes set mode = 'NO_QUERIES' where mode = 'NO_CTCP';
