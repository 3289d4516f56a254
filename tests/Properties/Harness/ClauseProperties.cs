using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Cmma.Abi;

namespace Cmma.Properties.Tests;

/// <summary>A method that is a property of some clauses.</summary>
/// <param name="Method">The method.</param>
/// <param name="Clauses">Their ids.</param>
public sealed record ClauseProperty(MethodInfo Method, IReadOnlyList<string> Clauses)
{
    /// <summary>Every method of this assembly with <see cref="ClauseAttribute"/>.</summary>
    public static IReadOnlyList<ClauseProperty> All { get; } = [
        .. from type in typeof(ClauseProperty).Assembly.GetTypes()
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
           let clauses = method.GetCustomAttributes<ClauseAttribute>().Select(clause => clause.Id).ToArray()
           where clauses.Length > 0
           select new ClauseProperty(method, clauses)];

    /// <summary>Whether it is about what a machine does, so that another one can be asked.</summary>
    public bool IsOfMachine => Method.DeclaringType!.IsSubclassOf(typeof(MachineProperties));

    /// <summary>Runs it on another machine; null if it holds.</summary>
    public BrokenClauseException? BreaksOn(Func<bool, IMachine> newMachine, bool shrinks)
    {
        object properties = Activator.CreateInstance(Method.DeclaringType!)!;
        Set(properties, nameof(MachineProperties.NewMachine), newMachine);
        Set(properties, nameof(MachineProperties.Shrinks), shrinks);
        try
        {
            Method.Invoke(properties, []);
            return null;
        }
        catch (TargetInvocationException e) when (e.InnerException is BrokenClauseException broken)
        {
            return broken;
        }
    }

    private static void Set(object properties, string name, object value) => typeof(MachineProperties).GetProperty(name)!.SetValue(properties, value);
}
