package io.teahouse.tool.load;

import io.teahouse.tool.process.ProcessUsage;

/** What a scenario gets: the clients, their event loop, the readings of the server, and the report for its figures. */
record RunContext(Clients clients, EventLoop loop, ProcessUsage server, Report report) {}
