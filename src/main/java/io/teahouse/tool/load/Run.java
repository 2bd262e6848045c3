package io.teahouse.tool.load;

/** What a scenario works with: the clients, their event loop, the server's processes, and where its figures go. */
record Run(Crowd crowd, Pump pump, ServerProcesses server, Report report) {}
