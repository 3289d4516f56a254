; SPDX-License-Identifier: MIT
; guarantee: G12
; claim: In every state, for all arguments, get has an outcome: this one, said in words of its own.
; expect: unsat
; uses: get
; assumes: searching_page_by_page_finds_the_first_page walking_page_by_page_finds_the_block
; breakage: get.smt2: "(values-address (get-log arguments))" -> "#x0000000000000000"
; breakage: get.smt2: "(and (not (= (flags (get-log arguments)) peek-flag)) (get-keeps before after)" -> "(and (get-keeps before after) (= after before)"
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
(declare-const marks-after Pages)
(assert (forall ((page Gfn))
  (= (select marks-after page) (and (select (dirty before) page) (or (bvugt first page) (bvugt page last))))))
;? (assert (= before (small-vm 1 true true true (store page-0 #x0000000000000001 true))))
;? (assert (= (get-log arguments) (log #x0000000000000000 #x00000002 (flags (get-log arguments)) #x0000000000000000 #x0000000000001000)))
;? (assert (= (get-buffer arguments) blank-buffer))
;? (assert (= bytes blank-buffer))
;? (assert (= marks-after no-page))
;? (assert (= first #x0000000000000000))
;? (assert (= last #x0000000000000001))

; A first and a last page, such as the plain loops find: as searching_page_by_page_finds_the_first_page proves, and
; walking_page_by_page_finds_the_block. They are the walk of the call.
(define-fun a-walk () get-result (get-returns zeros bytes first last))
(push 1)
(define-fun end () Gfn (bvadd first limit))
(assert (first-of-block before start first))
(assert (part-of-block before first end last))
(assert (forall ((next Gfn)) (not (joins-the-block before end last next))))
; refute
(assert (not (get-walk before arguments a-walk)))
(check-sat)
(pop 1)

(define-fun fails () get-result (get-returns (get-log arguments) (get-buffer arguments) first last))
(define-fun nothing-to-say () Bool
  (or (= asked #x00000000) (not (used before)) (= (dirty before) ((as const Pages) false))))
(define-fun ends-before-its-walk () Bool
  (or (not (get-readable arguments)) (not (enabled before)) (distinct (flags (get-log arguments)) #x00000000) (not (migrating before))
      nothing-to-say (not (get-allocates arguments))))
(assert (distinct (flags (get-log arguments)) #x00000001)) ; that is PEEK

; It ends before its walk.
(push 1)
(define-fun the-outcome () Outcome
  (ite (not (get-readable arguments)) EFAULT
  (ite (not (enabled before)) ENXIO
  (ite (distinct (flags (get-log arguments)) #x00000000) EINVAL
  (ite (not (migrating before)) EINVAL
  (ite nothing-to-say (ite (get-writable arguments) success EFAULT) ENOMEM))))))
(define-fun the-result () get-result
  (ite (= the-outcome success)
       (get-returns (log #x0000000000000000 #x00000000 #x00000000 #x0000000000000000 #x0000000000000000) (get-buffer arguments) first last)
       fails))
(assert ends-before-its-walk)
; refute
(assert (not (get before arguments before the-outcome the-result)))
(check-sat)
(pop 1)

; It walks.
(assert (not ends-before-its-walk))
(assert (get-walk before arguments a-walk))
(define-fun the-state-after () State
  (state (host-has-cmma before) (vcpu-count before) (enabled before) (used before) (migrating before) (slots before) (exist before)
         (attributes before) (content before) marks-after))

; The values cannot be written.
(push 1)
(assert (bvult (get-buffer-bytes arguments) length))
; refute
(assert (not (get before arguments the-state-after EFAULT fails)))
(check-sat)
(pop 1)

; The struct cannot be written.
(push 1)
(assert (bvuge (get-buffer-bytes arguments) length))
(assert (not (get-writable arguments)))
; refute
(assert (not (get before arguments the-state-after EFAULT (get-returns (get-log arguments) bytes first last))))
(check-sat)
(pop 1)

; It answers.
(push 1)
(assert (bvuge (get-buffer-bytes arguments) length))
(assert (get-writable arguments))
; refute
(assert (not (get before arguments the-state-after success (get-returns
  (log first ((_ extract 31 0) length) #x00000000 (card marks-after) (values-address (get-log arguments))) bytes first last))))
(check-sat)
(pop 1)
