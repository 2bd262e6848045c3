package io.teahouse.user;

import akka.actor.typed.Behavior;
import io.teahouse.cluster.ClusterUserSupervisor;
import io.teahouse.cluster.ForeignUsers;
import io.teahouse.cluster.OneNode;
import java.time.Duration;

/** The users of a cluster, which has one node. */
class ClusterUserLifecycleTest extends UserLifecycleContract {
    ClusterUserLifecycleTest() {
        super(OneNode.start());
    }

    @Override
    Behavior<UserSupervisor.Command> create(UserServices services) {
        return ClusterUserSupervisor.create(services, new ForeignUsers(), Duration.ofSeconds(5));
    }
}
