; SPDX-License-Identifier: MIT
; guarantee: G12
; claim: In every state, for all arguments, set-slot-flags has an outcome: this one, said in words of its own.
; expect: unsat
; uses: set-slot-flags
; breakage: set-slot-flags.smt2: "(migrating before) (dirty-log old)" -> "(dirty-log old)"
(declare-const before State)
(declare-const arguments set-slot-flags-arguments)
(define-fun old () Slot (select (slots before) (set-slot-flags-id arguments)))
(define-fun new-slots () (Array SlotId Slot)
  (store (slots before) (set-slot-flags-id arguments) (slot (base old) (pages old) (set-slot-flags-dirty-log arguments))))
(define-fun the-outcome () Outcome
  (ite (= old no-slot) EINVAL success))
(define-fun the-state-after () State
  (ite (= old no-slot) before
  (ite (and (migrating before) (dirty-log old) (not (set-slot-flags-dirty-log arguments)))
       (state (host-has-cmma before) (vcpu-count before) (enabled before) (used before) false new-slots (exist before) (attributes before) (content before) ((as const Pages) false))
       (state (host-has-cmma before) (vcpu-count before) (enabled before) (used before) (migrating before) new-slots (exist before) (attributes before) (content before) (dirty before)))))
; refute
(assert (not (set-slot-flags before arguments the-state-after the-outcome nothing)))
(check-sat)
