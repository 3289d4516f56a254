// SPDX-License-Identifier: MIT
// The reference is written over these names. src/Reference/Concrete binds them to numbers; here they are terms of the solver.
global using AttributeMap = Cmma.Proofs.Terms.OctetMap;
global using ContentMap = Cmma.Proofs.Terms.OctetMap;
global using DirtyMap = Cmma.Proofs.Terms.TruthMap;
global using Octet = Cmma.Proofs.Terms.Octet;
global using Truth = Cmma.Proofs.Terms.Truth;
global using ValueBytes = Cmma.Proofs.Terms.ValueBytes;
global using Word = Cmma.Proofs.Terms.Word;
