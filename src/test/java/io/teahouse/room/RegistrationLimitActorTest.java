package io.teahouse.room;

import akka.actor.typed.ActorRef;
import io.teahouse.room.RegistrationLimit.Command;
import io.teahouse.room.RegistrationLimit.Quota;
import io.teahouse.room.local.RegistrationLimitActor;

class RegistrationLimitActorTest extends RegistrationLimitContract {
    @Override
    ActorRef<Command> create(RoomLogs logs, Quota quota) {
        return AKKA.spawn(RegistrationLimitActor.create(logs, quota));
    }
}
