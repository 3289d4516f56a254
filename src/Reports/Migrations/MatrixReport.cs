// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Cmma.Migrating;
using Cmma.Traces;

namespace Cmma.Reports.Migrations;

/// <summary>The matrix of migrations, written down.</summary>
public static class MatrixReport
{
    private const string Introduction = """
        <!-- SPDX-License-Identifier: MIT -->
        # Whole migrations

        Written by `./cmma migrate --matrix --format markdown`; do not edit. A source, a target, and the program on both sides: what is lost between two
        kernels, and by what. The machines are those of `kernel:VERSION`; the consumers are in our own words, from reading. Nothing was run on s390
        hardware.

        `./cmma migrate SOURCE TARGET --consumer NAME` does it for any two implementations, and prints the shortest script for each loss.

        ## How a page is lost

        At the end the guest is stopped, the final pass is done, and the target's attributes are compared with the source's.

        | word | what it says |
        |---|---|
        | lost | the change was never sent: the page is still marked at the source, or was in no block |
        | stale | the target has an older value of the page: it was sent too early, or overwritten |
        | wrong | the target has a value that the page never had |
        | endless | a pass does not end |
        | failed | a call fails, and the migration with it |

        ## The consumers

        **qemu**. Its memory begins at page 0. It starts migration mode. In each pass, and once more with the guest stopped, it calls GET with a buffer of 524288
        from the page that it remembers; count 0 ends the pass, whatever remaining says. Else the block is sent, and a PEEK of page 0 asks for
        remaining: 0 ends the pass. The next GET begins where the last block began. After the pass it remembers the page behind the last block, also for the next
        migration. A GET that fails ends the migration; a PEEK that fails is passed over. The target has one buffer of zeros, the last block wins; then SET
        by region, at most 524288 pages at a time, mask all ones; behind an error the other regions are left out, and the migration is said to
        have succeeded. A reset of the guest is CLEAR. Not in it: a pass that is cut short by a limit of the rate.

        **careful**. The shortest loop that loses nothing on a machine that keeps the contract, as advice to whoever writes a monitor:

        | step | without it | what says so |
        |---|---|---|
        | before the start, PEEK one page; if it answers 32 zero bytes, Used is off: SET that page with mask 0, which changes nothing else | H3 | `zero_bytes_come_only_where_there_is_nothing_to_say` (G1): with Used, zero bytes mean that nothing is dirty |
        | start migration mode; what was sent before is void | H4 | `a_target_that_sets_every_block_of_a_drained_source_has_its_attributes` (G10), its first question: every page is dirty |
        | after CLEAR stop, and start again | H2 | the same theorem: it holds if none happened since the start, and a start makes it so |
        | after SET stop, and start again | H2 | the same |
        | after a slot was created, deleted, moved or changed stop, and start again | H5 | the same |
        | GET from page 0 on until remaining is 0, in the final pass with the guest stopped | pages are left | `get_makes_progress` (G3), `remaining_is_the_number_of_dirty_pages` (G1), `a_drain_sends_each_dirty_page_once` and `a_drain_ends_though_the_guest_runs` (G9) |
        | begin no GET before the one before it has returned | H6 | `gets_one_after_another_or_applied_as_taken_leave_no_stale_page` |
        | at the target, SET each block in the order of delivery, mask all ones | - | `a_target_that_sets_every_block_of_a_drained_source_has_its_attributes` (G10) |

        Any page to begin at would do (G9); page 0 is what also finds everything where the search does not wrap. Each row whose second column is a hazard but H4, and the one
        of remaining, is left out once in a test, and something is then lost.

        **overlapping**. As careful, but while the guest runs it has two GETs at once: the one that took its block first returns last (H6). It needs a machine of this
        program.

        ## Streams

        `--stream FILE` writes what the consumer sends in one migration, that of `--trace` or the first of the seed that sends a page: the bytes of
        QEMU's section `s390-storage_attributes`, instance 0, version 0, without what frames a section in a whole migration (the head of the file,
        the names, the feet). Of a stream that was captured elsewhere these have to be taken away first. All numbers are big-endian.

        | part | what it holds |
        |---|---|
        | start | EOS |
        | each pass but the last | a block after the other, EOS |
        | the final pass | a block after the other, DONE, EOS |

        EOS (1), DONE (8) and the head of a block, MORE (2), are words of 64 bits: the gfn shifted by 12, and the flag below it. MORE is followed by
        a count of 64 bits and so many values, a byte a page. The blocks are those since migration mode was started for the last time. A source that
        answers a gfn of more than 52 bits, which no word has place for, gets no stream.

        `--load FILE TARGET` gives such a file to a new VM of TARGET as qemu does, with one slot from page 0 on: 65536 pages, or `--memory PAGES`.
        The exit code is 1 if a page then has other attributes than the stream says, as no-DAT in 4.13 (B5). A damaged file is refused in one line
        with the byte at which it is wrong, before TARGET is asked anything:

        | refused | why |
        |---|---|
        | truncated anywhere, also with no EOS at the end of a part | the rest is unknown |
        | a start part that is not an EOS; DONE without EOS behind it; bytes behind the end part | it is not the section whole and alone |
        | a flag that is none of these four | what follows it is unknown |
        | ERROR (4) | the source says that it failed; QEMU never sends it |
        | a count of 2^32 or more | QEMU takes so much memory, and then cuts the count to 32 bits |
        | a block that reaches behind memory | there are no such pages |
        | more than 256 MiB | so that a pipe without end does not fill memory |

        It was given to QEMU 7.2 itself (Debian's qemu-system-misc): qemu-system-s390x, machine s390-ccw-virtio-7.2, without KVM (`-accel tcg`),
        `-incoming` a migration that holds this section and nothing else, which a test frames. QEMU takes it (`status: completed`), and refuses the
        same with an unknown flag in it, naming the section. Without KVM it keeps nothing of the values, so that its SET was not seen. The test is
        skipped where the program is not installed.
        """;

    /// <summary>Markdown: the whole of docs/migrations.md.</summary>
    public static string Markdown(MigrationMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        StringBuilder text = new(Introduction.ReplaceLineEndings("\n"));
        text.Append(CultureInfo.InvariantCulture, $"\n\n## From kernel to kernel\n\nRows are sources, columns are targets; {MigrationMatrix.Scripts} random migrations from each to each. A cell names what is lost and by what: a known bug, a fact of docs/kernels.md, or a hazard that the consumer runs into. Kernels in one row or column do the same.\n");
        foreach (IGrouping<string, MatrixCell> table in Plain(matrix).GroupBy(Title, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n### {table.Key}\n\n");
            text.AppendJoin("", Table([.. table]).Select(line => line + "\n"));
        }

        text.Append("\n## The causes\n\nEach was found by switching it off, or by doing what the consumer leaves out: the loss is then gone. Where the contract loses the page by the same script, the consumer's hazard is named; else a deviation, as few as explain all, and a known bug before a fact. A fact in quotes is a row of docs/kernels.md.\n\n| cause | what |\n|---|---|\n");
        foreach (Cause cause in Plain(matrix).SelectMany(cell => cell.Losses).SelectMany(loss => loss.Cause.All).Select(Anywhere).Distinct().OrderBy(cause => cause.Name, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {cause} | {CauseText.Of(cause)} |\n");
        }

        text.Append("\n## The shortest scripts\n\nOne for each consumer, kind of loss and cause, between the first two kernels that show it. start_migration begins the migration, migration_status is a pass, the end is the final pass; save one as a file for `--trace FILE`.\n");
        HashSet<(string, LossKind, CauseSet)> shown = [.. Plain(matrix).SelectMany(cell => cell.Losses.Select(loss => (cell.Consumer.Name, loss.Kind, loss.Cause)))];
        foreach ((Consumer consumer, string source, string target, Loss loss) in matrix.Losses.Where(each => shown.Contains((each.Consumer.Name, each.Loss.Kind, each.Loss.Cause))))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n**{consumer.Name}, {MigrationReport.Word(loss.Kind)} by {loss.Cause}**, from {source} to {target}: {MigrationReport.What(loss)}.\n\n```json\n{TraceWriter.Trace(loss.Script)}```\n");
        }

        return text.ToString();
    }

    /// <summary>JSON: each cell.</summary>
    public static string Json(MigrationMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        StringBuilder text = new("{\"cells\":[\n");
        text.AppendJoin(",\n", matrix.Cells.Select(cell =>
            $"{{\"consumer\":{TraceWriter.Quote(cell.Consumer.Name)},\"changes\":{(cell.Changes ? "true" : "false")},\"source\":{TraceWriter.Quote(cell.Source)},\"target\":{TraceWriter.Quote(cell.Target)},\"losses\":["
            + string.Join(",", cell.Losses.Select(loss => $"{{\"kind\":{TraceWriter.Quote(MigrationReport.Word(loss.Kind))},\"cause\":{TraceWriter.List([.. loss.Cause.All.Select(cause => cause.ToString())])}}}"))
            + "]}"));
        return text.Append("\n]}\n").ToString();
    }

    /// <summary>
    /// The cells as they are shown: with changes only what these add, and no causes together each of which is found alone too.
    /// </summary>
    public static IEnumerable<MatrixCell> Plain(MigrationMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ILookup<(string Consumer, string Source), Cause> alone = matrix.Cells.SelectMany(cell => cell.Losses.Where(loss => loss.Cause.All.Count == 1).Select(loss => (Key: (cell.Consumer.Name, cell.Source), Cause: loss.Cause.All[0])))
            .ToLookup(each => each.Key, each => each.Cause);
        Dictionary<(string, string, string), MatrixCell> without = matrix.Cells.Where(cell => !cell.Changes).ToDictionary(cell => (cell.Consumer.Name, cell.Source, cell.Target));
        return matrix.Cells.Select(cell => cell with
        {
            Losses = [.. cell.Losses
                .Where(loss => loss.Cause.All.Count < 2 || !loss.Cause.All.All(alone[(cell.Consumer.Name, cell.Source)].Contains))
                .Where(loss => !cell.Changes || !without[(cell.Consumer.Name, cell.Source, cell.Target)].Losses.Contains(loss))],
        });
    }

    /// <summary>The title of the table that a cell stands in.</summary>
    public static string Title(MatrixCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return $"{cell.Consumer.Name}, {(cell.Changes ? "what resets and changes of slots add" : "without resets and changes of slots")}";
    }

    // Rows and columns that are the same stand together.
    private static IEnumerable<string> Table(MatrixCell[] cells)
    {
        string[] sources = [.. cells.Select(cell => cell.Source).Distinct(StringComparer.Ordinal)];
        string[] targets = [.. cells.Select(cell => cell.Target).Distinct(StringComparer.Ordinal)];
        ILookup<(string Source, string Target), MatrixCell> cellsAt = cells.ToLookup(cell => (cell.Source, cell.Target));
        string At(string source, string target) => Text(cellsAt[(source, target)].Single());
        string[][] columns = Together(targets, target => string.Join('|', sources.Select(source => At(source, target))));
        string[][] rows = Together(sources, source => string.Join('|', targets.Select(target => At(source, target))));
        yield return $"| source | {string.Join(" | ", columns.Select(column => $"to {string.Join(", ", column)}"))} |";
        yield return $"|---|{string.Concat(columns.Select(_ => "---|"))}";
        foreach (string[] row in rows)
        {
            yield return $"| {string.Join(", ", row)} | {string.Join(" | ", columns.Select(column => At(row[0], column[0])))} |";
        }
    }

    private static string[][] Together(string[] versions, Func<string, string> what) => [.. versions.GroupBy(what, StringComparer.Ordinal).Select(group => group.ToArray())];

    /// <summary>What stands in a cell.</summary>
    public static string Text(MatrixCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return cell.Losses.Count == 0
        ? "-"
        : string.Join("; ", cell.Losses.GroupBy(loss => loss.Kind).Select(kind =>
            $"{MigrationReport.Word(kind.Key)}: {string.Join(", ", kind.Select(loss => loss.Cause.ToString()).Order(StringComparer.Ordinal))}"));
    }

    private static Cause Anywhere(Cause cause) => cause.Of == CauseOf.Target ? cause with { Of = CauseOf.Source } : cause;
}
