package io.teahouse.tool.operate;

import java.util.List;

/** The commands, for the command line that offers them. */
public final class OperatorTools {
    private OperatorTools() {}

    public static List<Object> all(ToolContext.Source source) {
        return List.of(
                new BackupCommand(source),
                new RestoreCommand(source),
                new ExportCommand(source),
                new EraseCommand(source),
                new ResetPasswordCommand(source),
                new RetentionCommand(source));
    }
}
