using System;

namespace Cmma.Properties.Tests;

/// <summary>The clause that a property shows. A method with this attribute is a property of that clause; it may be one of several.</summary>
/// <param name="id">As in spec/clauses, such as GET-BLOCK-4.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ClauseAttribute(string id) : Attribute
{
    /// <summary>The clause's id.</summary>
    public string Id { get; } = id;
}
