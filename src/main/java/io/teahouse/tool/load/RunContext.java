package io.teahouse.tool.load;

/** What a scenario gets: the clients, their event loop, the readings of the server, and the report for its figures. */
record RunContext(Clients clients, EventLoop loop, ServerUsage server, Report report) {}
