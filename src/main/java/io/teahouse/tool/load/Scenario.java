package io.teahouse.tool.load;

import java.io.IOException;

/** One kind of load: registers its clients, lets them send, and reports. */
interface Scenario {
    String name();

    /** Runs to the end; returns how many clients were lost that should not have been. */
    int run(RunContext run) throws IOException;
}
