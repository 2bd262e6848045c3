package io.teahouse.client;

/** Totals over all memberships of one client, so that they need not be added up for each line. */
final class MembershipTotals {
    /** Commands whose effect the client has not seen yet; those in doubt do not count. */
    int outstanding;

    /** Joins that are not answered yet. */
    int joins;
}
