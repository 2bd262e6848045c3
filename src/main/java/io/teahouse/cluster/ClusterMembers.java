package io.teahouse.cluster;

import akka.actor.Address;
import akka.actor.typed.ActorSystem;
import akka.cluster.Member;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import java.util.HashSet;
import java.util.Set;

/** The nodes that belong to the cluster, as this node knows them. */
final class ClusterMembers {
    private static final Set<MemberStatus> STATUSES =
            Set.of(MemberStatus.up(), MemberStatus.weaklyUp(), MemberStatus.leaving());

    private ClusterMembers() {}

    /** Those that are not removed, also if they do not answer; not those that are still joining, or that have left. */
    static Set<Address> addresses(ActorSystem<?> system) {
        Set<Address> members = new HashSet<>();
        for (Member member : Cluster.get(system).state().getMembers()) {
            if (STATUSES.contains(member.status())) {
                members.add(member.address());
            }
        }
        return members;
    }

    /** Those that answer, and do not leave. */
    static Set<Address> answering(ActorSystem<?> system) {
        Cluster cluster = Cluster.get(system);
        Set<Member> silent = cluster.state().getUnreachable();
        Set<Address> members = new HashSet<>();
        for (Member member : cluster.state().getMembers()) {
            boolean stays = member.status() == MemberStatus.up() || member.status() == MemberStatus.weaklyUp();
            if (stays && !silent.contains(member)) {
                members.add(member.address());
            }
        }
        return members;
    }

    /** Whether that node belongs to the cluster or is about to, as far as this node knows. */
    static boolean isExpected(ActorSystem<?> system, Address node) {
        for (Member member : Cluster.get(system).state().getMembers()) {
            if (member.address().equals(node)
                    && (member.status() == MemberStatus.joining() || STATUSES.contains(member.status()))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a node other than this one is a member that answers, and does not leave. */
    static boolean hasOthers(ActorSystem<?> system) {
        Address self = Cluster.get(system).selfMember().address();
        return answering(system).stream().anyMatch(node -> !node.equals(self) && isUp(system, node));
    }

    /** Whether that node is a member that does not leave. */
    static boolean isUp(ActorSystem<?> system, Address node) {
        for (Member member : Cluster.get(system).state().getMembers()) {
            if (member.address().equals(node) && member.status() == MemberStatus.up()) {
                return true;
            }
        }
        return false;
    }
}
