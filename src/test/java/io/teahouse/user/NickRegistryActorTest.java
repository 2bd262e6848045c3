package io.teahouse.user;

import akka.actor.typed.ActorRef;

class NickRegistryActorTest extends NickRegistryContract {
    @Override
    ActorRef<NickRegistry.Command> create() {
        return AKKA.spawn(NickRegistryActor.create());
    }
}
