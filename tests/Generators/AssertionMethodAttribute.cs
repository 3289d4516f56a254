// SPDX-License-Identifier: MIT
namespace Cmma.Generators;

/// <summary>A method that fails a test by itself; analyzers know the attribute by its name.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AssertionMethodAttribute : Attribute;
