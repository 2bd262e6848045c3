package io.teahouse.tool.crash;

import java.util.List;
import java.util.Map;

/**
 * All that is known when a run is over.
 *
 * @param said every message that was sent, each sender's in the order in which he sent them first
 * @param transcripts of every connection
 * @param history of every room, oldest first
 */
record Evidence(List<Said> said, List<Transcript> transcripts, Map<String, List<Shown>> history) {}
