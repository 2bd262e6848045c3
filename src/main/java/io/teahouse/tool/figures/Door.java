package io.teahouse.tool.figures;

import java.util.List;

/**
 * Where the load goes.
 *
 * @param protocol as {@code load --proto} names it
 * @param ports one for each server
 * @param pids all processes whose CPU and memory count
 */
record Door(String protocol, List<Integer> ports, List<Long> pids) {
    static Door of(String protocol, RunningServer server) {
        return new Door(protocol, List.of(server.port()), server.pids());
    }
}
