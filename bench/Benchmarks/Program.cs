// SPDX-License-Identifier: MIT
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;

// In this process: a project that is made and built for each benchmark does not fit a folder of packages with locked versions.
Job job = Job.ShortRun.WithToolchain(InProcessNoEmitToolchain.Instance);
BenchmarkSwitcher.FromAssembly(typeof(Cmma.Benchmarks.CallBenchmarks).Assembly).Run(args, DefaultConfig.Instance.AddJob(job));
