package io.teahouse.tool.crash;

import java.util.List;
import java.util.Map;

/**
 * The input of the checker: everything that is known when a run is over.
 *
 * @param said every message that was sent, those of a sender in the order in which they were first sent
 * @param transcripts of every connection
 * @param history of every room, oldest first
 * @param found what was found to be wrong during the run
 */
record Evidence(
        List<SentMessage> said,
        List<Transcript> transcripts,
        Map<String, List<ShownMessage>> history,
        List<Violation> found) {}
