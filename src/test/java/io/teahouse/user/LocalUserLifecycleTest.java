package io.teahouse.user;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.Behavior;

class LocalUserLifecycleTest extends UserLifecycleContract {
    LocalUserLifecycleTest() {
        super(ActorTestKit.create());
    }

    @Override
    Behavior<UserSupervisor.Command> create(UserServices services) {
        return UserSupervisor.create(services);
    }
}
