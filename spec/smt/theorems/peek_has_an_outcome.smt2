; SPDX-License-Identifier: MIT
; guarantee: G12
; claim: In every state, for all arguments, peek has an outcome: this one, said in words of its own.
; expect: unsat
; uses: peek
; assumes: a_walk_from_a_page_ends_in_one_place
; breakage: peek.smt2: "(= after before)    ; PEEK-3" -> "(= after before) (not (used after)) ; PEEK-3"
(declare-const before State)
(declare-const arguments get-arguments)
(define-fun asked () (_ BitVec 32) (count (get-log arguments)))
(define-fun limit () Gfn (ite (bvuge asked #x00100000) #x0000000000100000 ((_ zero_extend 32) asked)))
(define-fun start () Gfn (start-gfn (get-log arguments)))
; The pages that are walked, from the first to the last, and the bytes of the buffer after the call where all of them are written.
(declare-const first Gfn)
(declare-const last Gfn)
(define-fun length () Gfn (bvadd #x0000000000000001 (bvsub last first)))
(declare-const bytes Bytes)
(assert (forall ((index (_ BitVec 64)))
  (= (select bytes index)
     (ite (bvugt length index) (select (attributes before) (bvadd index first)) (select (get-buffer arguments) index)))))
;? (assert (or (= before (small-vm 1 true true true page-0)) (= before (small-vm 1 true true false no-page))))
;? (assert (= (get-log arguments) (log #x0000000000000000 #x00000002 peek-flag #x0000000000000000 #x0000000000000000)))
;? (assert (= (get-buffer arguments) bytes blank-buffer))
;? (assert (= first #x0000000000000000))
;? (assert (= last #x0000000000000001))
(define-fun fails () get-result (get-returns (get-log arguments) (get-buffer arguments) first last))
(define-fun nothing-to-say () Bool (or (= asked #x00000000) (not (used before))))
(define-fun ends-before-its-walk () Bool
  (or (not (get-readable arguments)) (not (enabled before)) nothing-to-say (not (get-allocates arguments))
      (not (select (exist before) start))))
(assert (= (flags (get-log arguments)) #x00000001))

; It ends before its walk.
(push 1)
(define-fun the-outcome () Outcome
  (ite (not (get-readable arguments)) EFAULT
  (ite (not (enabled before)) ENXIO
  (ite nothing-to-say (ite (get-writable arguments) success EFAULT)
  (ite (not (get-allocates arguments)) ENOMEM EFAULT)))))
(define-fun the-result () get-result
  (ite (= the-outcome success)
       (get-returns (log #x0000000000000000 #x00000000 #x00000000 #x0000000000000000 #x0000000000000000) (get-buffer arguments) first last)
       fails))
(assert ends-before-its-walk)
; refute
(assert (not (peek before arguments before the-outcome the-result)))
(check-sat)
(pop 1)

; It walks: there is a walk, as a_walk_from_a_page_ends_in_one_place proves.
(assert (not ends-before-its-walk))
(assert (peek-walk before arguments (get-returns (get-log arguments) bytes first last)))

; The values cannot be written.
(push 1)
(assert (bvult (get-buffer-bytes arguments) length))
; refute
(assert (not (peek before arguments before EFAULT fails)))
(check-sat)
(pop 1)

; The struct cannot be written.
(push 1)
(assert (bvuge (get-buffer-bytes arguments) length))
(assert (not (get-writable arguments)))
; refute
(assert (not (peek before arguments before EFAULT (get-returns (get-log arguments) bytes first last))))
(check-sat)
(pop 1)

; It answers.
(push 1)
(assert (bvuge (get-buffer-bytes arguments) length))
(assert (get-writable arguments))
; refute
(assert (not (peek before arguments before success (get-returns
  (log first ((_ extract 31 0) length) #x00000001 (ite (migrating before) (card (dirty before)) #x0000000000000000)
       (values-address (get-log arguments))) bytes first last))))
(check-sat)
(pop 1)
