/**
 * Rooms, nicks and users on several nodes: where they live, what they tell each other, as bytes, and how a server becomes a node.
 *
 * <p>Only the package that wires the server calls it, and Akka, which loads {@link io.teahouse.cluster.ClusterSerializer} by the
 * configuration; an application that is an Akka cluster may, too. It must never decide a rule of a room or of a user, or know
 * what a client speaks.
 */
package io.teahouse.cluster;
