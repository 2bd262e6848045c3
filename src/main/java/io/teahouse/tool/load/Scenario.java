package io.teahouse.tool.load;

import java.io.IOException;

/** One kind of load. It registers its clients, drives them, and reports. */
interface Scenario {
    String name();

    /** Runs to the end; returns how many clients were lost that should not have been. */
    int run(Run run) throws IOException;
}
